export const id = 709;
export const ids = [709];
export const modules = {

/***/ 7709:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   "default": () => (__WEBPACK_DEFAULT_EXPORT__)
/* harmony export */ });
/* harmony import */ var _dist_mjs__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2949);


/* harmony default export */ const __WEBPACK_DEFAULT_EXPORT__ = ((0,_dist_mjs__WEBPACK_IMPORTED_MODULE_0__.t)());



/***/ })

};
